<% Response.Write 1 %>
